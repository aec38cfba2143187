/**
 * Decides what those outside the bank get in hand of what was booked: a contractor the day's
 * statement of each wage book and notice of each entry on it, a subcontractor the voucher of each
 * run that paid its workers, a worker the sealed receipt of his wage. Moves no money. Invariant: a
 * statement or notification is made once of each day or entry, begins where the one before ended,
 * and a seal is the bank's own over every word above it. Doors: {@link
 * org.wagerail.statement.Statements}, {@link org.wagerail.statement.Receipts}, {@link
 * org.wagerail.statement.Vouchers}.
 */
@NullMarked
package org.wagerail.statement;

import org.jspecify.annotations.NullMarked;
