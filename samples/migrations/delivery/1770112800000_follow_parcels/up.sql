ALTER TABLE parcel ADD COLUMN recipient uuid;
COMMENT ON COLUMN parcel.recipient IS 'The person it is handed to.';

CREATE VIEW parcel_on_its_way AS
  SELECT id, invoice_id, recipient FROM parcel WHERE state = 'sent';
