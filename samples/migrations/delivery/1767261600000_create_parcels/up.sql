CREATE TABLE parcel (
  id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  invoice_id integer NOT NULL,
  state text NOT NULL DEFAULT 'packed' CHECK (state IN ('packed', 'sent', 'delivered'))
);
