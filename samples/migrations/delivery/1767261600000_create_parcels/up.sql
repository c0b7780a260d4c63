CREATE TYPE parcel_state AS ENUM ('packed', 'sent', 'delivered');

CREATE TABLE parcel (
  id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  invoice_id integer NOT NULL,
  state parcel_state NOT NULL DEFAULT 'packed'
);
