interface Payment {
  readonly id: string;
  readonly invoiceId: number;
  readonly customer: number;
  readonly amount: number;
  readonly state: 'PENDING' | 'SETTLED' | 'REFUSED';
  readonly at: string;
}

const all: readonly Payment[] = [
  { id: 'p1', invoiceId: 1, customer: 1, amount: 120, state: 'SETTLED', at: '2026-01-20T10:00:00Z' },
  { id: 'p2', invoiceId: 2, customer: 1, amount: 15.9, state: 'REFUSED', at: '2026-02-03T10:00:00Z' },
  { id: 'p3', invoiceId: 3, customer: 2, amount: 80, state: 'PENDING', at: '2026-02-09T10:00:00Z' },
];

interface Filter {
  readonly invoices?: readonly number[];
  readonly state?: string;
  readonly minimum?: number;
}

function select({ invoices, state, minimum }: Filter): readonly Payment[] {
  return all.filter(
    (payment) =>
      (!invoices || invoices.includes(payment.invoiceId)) &&
      (!state || payment.state === state) &&
      payment.amount >= (minimum ?? 0),
  );
}

/** The root fields of `samples/schema/payments.graphql`. */
export const payments = {
  wallet: ({ customer }: { customer: number }) => ({
    customer,
    balance: 10 * customer,
    payments: ({ state }: { state?: string }) =>
      all.filter((payment) => payment.customer === customer && (!state || payment.state === state)),
  }),
  payments: ({ filter, limit }: { filter?: Filter; limit?: number }) => select(filter ?? {}).slice(0, limit),
  payment: ({ invoice, state }: { invoice: number; state?: string }) =>
    select({ invoices: [invoice], ...(state ? { state } : {}) })[0],
  receipts: ({ invoice }: { invoice: number }) =>
    select({ invoices: [invoice], state: 'SETTLED' }).map((payment) => ({
      number: `R-${payment.id}`,
      payment,
    })),
};
