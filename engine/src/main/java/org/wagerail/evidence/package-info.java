/**
 * Keeps the order of things: the numbers a bank gives out, its one sequence of events, its log of
 * commands, what one person proposes and another answers. Invariant: a bank's events are numbered
 * from 1 without a gap in the order of their commits, and neither they nor commands ever change,
 * which a chain proves. Doors: {@link org.wagerail.evidence.EventLog}, {@link
 * org.wagerail.evidence.Proposals}.
 */
@NullMarked
package org.wagerail.evidence;

import org.jspecify.annotations.NullMarked;
