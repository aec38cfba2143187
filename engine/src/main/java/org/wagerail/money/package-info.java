/**
 * Decides what amounts, days and accounts are, before anybody owns them: exact money in minor
 * units, how a short sum is shared to the cent, which day is a working day, what can be an account
 * number. Invariant: nothing here rounds except {@link org.wagerail.money.Shares}, whose parts
 * always add up to what was shared. Everything is a value or a pure function. Doors: {@link
 * org.wagerail.money.Money} and {@link org.wagerail.money.BusinessCalendar}.
 */
@NullMarked
package org.wagerail.money;

import org.jspecify.annotations.NullMarked;
