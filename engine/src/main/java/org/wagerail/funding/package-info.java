/**
 * Decides where the money of wage books comes from and where the last of it goes. Invariant: what
 * an owner still owes of labour cost follows from the agreed terms and the credits alone, and every
 * change of it is told once; what comes in is credited to the project it names, or waits in
 * suspense for two persons; an account is marked from its opening until its last wage book is
 * closed, and none is closed while a wage is owed. Doors: {@link org.wagerail.funding.LabourCosts},
 * {@link org.wagerail.funding.Advices}, {@link org.wagerail.funding.Openings}, {@link
 * org.wagerail.funding.Closings}.
 */
@NullMarked
package org.wagerail.funding;

import org.jspecify.annotations.NullMarked;
