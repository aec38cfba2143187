/**
 * Audits an installation: the engine's rules over the rows, and the same rules over the bytes that
 * were received and sent. Decides only whether something is wrong. Invariant: one snapshot of the
 * database for all rules, and memory that does not grow with the province. Door: {@link
 * org.wagerail.ops.audit.Audit}.
 */
@NullMarked
package org.wagerail.ops.audit;

import org.jspecify.annotations.NullMarked;
