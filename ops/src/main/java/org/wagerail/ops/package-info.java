/**
 * Decides how the engine is brought up for a command and taken down after it. Invariant: a command
 * that needs no database starts no application context, and what a context opened it also closes.
 * Door: {@link org.wagerail.ops.Wagerail} from outside, {@link org.wagerail.ops.Engine} for
 * commands.
 */
@NullMarked
package org.wagerail.ops;

import org.jspecify.annotations.NullMarked;
