/**
 * Decides where the money of wage books comes from. Invariant: what an owner still owes of labour
 * cost follows from the agreed terms and the credits alone, and every change of it is told once;
 * what comes in is credited to the project it names, or waits in suspense for two persons. Doors:
 * {@link org.wagerail.funding.LabourCosts}, {@link org.wagerail.funding.Advices}.
 */
@NullMarked
package org.wagerail.funding;

import org.jspecify.annotations.NullMarked;
