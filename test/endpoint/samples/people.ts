interface Contact {
  readonly name: string;
  readonly address: string;
}

interface ContactFilter {
  readonly name?: { readonly equals?: string; readonly like?: string };
  readonly and?: readonly ContactFilter[];
}

class Person {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly email: string;

  constructor(number: number, name: string) {
    this.id = `5b1f2a0e-9c1d-4a77-8f0c-6d1f0c7f000${number}`;
    this.number = number;
    this.name = name;
    this.email = `${name.split(' ')[0]?.toLowerCase()}@people.example`;
  }

  contacts({ where, limit }: { where?: ContactFilter; limit: number }): readonly Contact[] {
    const own = [
      { name: this.name, address: this.email },
      { name: 'Switchboard', address: '+000 555 0100' },
    ];
    return own.filter((contact) => matches(contact, where ?? {})).slice(0, limit);
  }
}

function matches(contact: Contact, { name, and = [] }: ContactFilter): boolean {
  if (name?.equals !== undefined && contact.name !== name.equals) return false;
  if (name?.like !== undefined && !contact.name.includes(name.like.replaceAll('%', ''))) return false;
  return and.every((filter) => matches(contact, filter));
}

const everybody = [new Person(1, 'Ada Brandt'), new Person(2, 'Ben Okoro'), new Person(3, 'Chiara Rossi')];

const reviews: Readonly<Record<string, readonly { text: string; stars: number }[]>> = {
  'K-100': [
    { text: 'Boils.', stars: 4 },
    { text: 'Whistles.', stars: 2 },
  ],
};

/** The root fields of `samples/schema/people.graphql`. */
export const people = {
  person: ({ id }: { id: string }) => everybody.find((person) => person.id === id),
  personByNumber: ({ number }: { number: number }) => everybody.find((person) => person.number === number),
  people: ({ limit, offset = 0 }: { limit: number; offset?: number }) =>
    everybody.slice(offset, offset + limit),
  reviewsOf: ({ subject, limit = 10 }: { subject: string; limit?: number }) =>
    (reviews[subject] ?? []).slice(0, limit).map((review) => ({ __typename: 'ProductReview', ...review })),
};
