/**
 * Plays worked cases, written by those who know the law, against the real engine, and sets what
 * they expect beside what came about. Invariant: a word of a case that is not in the grammar is an
 * error at its line, never ignored; a case has its own bank and its own clock; a refusal that no
 * expectation names makes the case fail. Door: {@link org.wagerail.ops.casebook.Casebook}.
 */
@NullMarked
package org.wagerail.ops.casebook;

import org.jspecify.annotations.NullMarked;
