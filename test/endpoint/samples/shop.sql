CREATE TABLE region (value text PRIMARY KEY, comment text);
INSERT INTO region VALUES ('north', 'Where the mountains are'), ('south', 'By the sea'), ('west', NULL);

CREATE TABLE customer (
  id serial PRIMARY KEY,
  person_id uuid,
  first_name text NOT NULL,
  last_name text NOT NULL,
  region text
);
INSERT INTO customer (person_id, first_name, last_name, region) VALUES
  ('5b1f2a0e-9c1d-4a77-8f0c-6d1f0c7f0001', 'Ada', 'Brandt', 'north'),
  ('5b1f2a0e-9c1d-4a77-8f0c-6d1f0c7f0002', 'Ben', 'Okoro', 'south'),
  (NULL, 'Chiara', 'Rossi', 'south');

CREATE FUNCTION customer_full_name(customer_row customer) RETURNS text LANGUAGE sql STABLE AS
  $$ SELECT customer_row.first_name || ' ' || customer_row.last_name $$;

CREATE TABLE invoice (
  id serial PRIMARY KEY,
  customer_id integer NOT NULL REFERENCES customer (id),
  total numeric(12, 2) NOT NULL,
  issued_at timestamptz
);
INSERT INTO invoice (customer_id, total, issued_at) VALUES
  (1, 120.00, '2026-01-15T09:30:00Z'),
  (1, 15.90, '2026-02-02T14:00:00Z'),
  (2, 80.00, NULL);

CREATE TABLE product (sku text PRIMARY KEY, title text NOT NULL, price numeric(12, 2) NOT NULL);
INSERT INTO product VALUES ('K-100', 'Kettle', 39.90), ('L-200', 'Lamp', 120.00);
