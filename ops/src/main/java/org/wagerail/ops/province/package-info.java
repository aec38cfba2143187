/**
 * Makes provinces that do not exist: reference data, payroll files and the keys to sign them with,
 * for the demonstration, the benchmark and tests. Invariant: one specification makes the same bytes
 * for ever, and every worker is a function of the seed and his number, so that memory does not grow
 * with the province. Nobody in it is anybody. Door: {@link org.wagerail.ops.province.Province}.
 */
@NullMarked
package org.wagerail.ops.province;

import org.jspecify.annotations.NullMarked;
