INSERT INTO parcel (invoice_id, state, recipient) VALUES
  (1, 'delivered', '5b1f2a0e-9c1d-4a77-8f0c-6d1f0c7f0001'),
  (2, 'sent', '5b1f2a0e-9c1d-4a77-8f0c-6d1f0c7f0001'),
  (3, 'packed', NULL);
