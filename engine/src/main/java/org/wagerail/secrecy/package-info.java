/**
 * Keeps personal data unreadable at rest and yet findable. Invariant: what {@link
 * org.wagerail.secrecy.Vault#seal} wrote opens only for the same bank, column and row, and the keys
 * that open it never stand in the database in the clear. Door: {@link org.wagerail.secrecy.Vault}.
 */
@NullMarked
package org.wagerail.secrecy;

import org.jspecify.annotations.NullMarked;
