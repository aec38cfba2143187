/**
 * The books. Decides nothing about wages: it says whether an entry may be booked at all. Invariant:
 * every entry balances; a wage book is debited only by the closed list and never below what is held
 * on it; account balances equal their postings. Door: {@link org.wagerail.ledger.Journal}.
 */
@NullMarked
package org.wagerail.ledger;

import org.jspecify.annotations.NullMarked;
