/**
 * Tells of one worker, line, payment, run or payroll everything that happened to it: every decision
 * and rule, person, document, message and posting, in order, in Chinese and English. Decides
 * nothing and writes nothing. Invariant: whatever is asked for is found by a key, however many
 * years there are, and no name, identifier or account number leaves it unmasked. Door: {@link
 * org.wagerail.trail.Trails}.
 */
@NullMarked
package org.wagerail.trail;

import org.jspecify.annotations.NullMarked;
