CREATE TABLE agent (id serial PRIMARY KEY, name text NOT NULL);
INSERT INTO agent (name) VALUES ('Dana'), ('Emil');

CREATE TABLE ticket (
  id serial PRIMARY KEY,
  customer_id integer NOT NULL,
  agent_id integer REFERENCES agent (id),
  subject text NOT NULL
);
INSERT INTO ticket (customer_id, agent_id, subject) VALUES
  (1, 1, 'The kettle whistles out of tune'),
  (1, NULL, 'Second kettle, same tune'),
  (2, 2, 'Where is my lamp?');
