/**
 * How the core banking system speaks: it tells by camt.054 what came in on the accounts that it
 * keeps, and states by camt.053 what a day moved on them. Decides nothing. Doors: {@link
 * org.wagerail.adapter.core.CoreFiles}, {@link org.wagerail.adapter.core.AdviceReader}, {@link
 * org.wagerail.adapter.core.CoreStatementReader}.
 */
@NullMarked
package org.wagerail.adapter.core;

import org.jspecify.annotations.NullMarked;
