/**
 * Decides how simulated partners behave: a clearing house that answers by digits of the payee's
 * account, and a demonstration that plays a payday with it. Invariant: the partners know the engine
 * by its messages alone, and the same messages get the same answers for ever. Doors: {@link
 * org.wagerail.ops.sandbox.ClearingHouse}, {@link org.wagerail.ops.sandbox.Demonstration}.
 */
@NullMarked
package org.wagerail.ops.sandbox;

import org.jspecify.annotations.NullMarked;
