/**
 * Measures a payday against a plain ledger in the same run. Invariant: what it reports, it measured
 * just now, on real files and a real PostgreSQL. Door: {@link org.wagerail.ops.bench.PaydayBench}.
 */
@NullMarked
package org.wagerail.ops.bench;

import org.jspecify.annotations.NullMarked;
