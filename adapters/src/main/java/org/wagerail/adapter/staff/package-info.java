/**
 * The bank's own people: runs, payments and the record of what was refused, over REST. Decides
 * nothing. Invariant: shows persons masked. Doors: its routes.
 */
@NullMarked
package org.wagerail.adapter.staff;

import org.jspecify.annotations.NullMarked;
