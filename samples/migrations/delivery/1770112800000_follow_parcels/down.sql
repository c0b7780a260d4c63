DROP VIEW parcel_on_its_way;
ALTER TABLE parcel DROP COLUMN recipient;
