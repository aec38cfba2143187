/**
 * Moves rows into PostgreSQL in sets, over COPY's binary format. Invariant: rows join the
 * transaction of the caller. Door: {@link org.wagerail.bulk.BulkCopy}.
 */
@NullMarked
package org.wagerail.bulk;

import org.jspecify.annotations.NullMarked;
