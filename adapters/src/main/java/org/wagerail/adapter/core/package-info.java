/**
 * How the core banking system speaks: it tells by camt.054 what came in on the accounts that it
 * keeps. Decides nothing. Doors: {@link org.wagerail.adapter.core.CoreFiles}, {@link
 * org.wagerail.adapter.core.AdviceReader}.
 */
@NullMarked
package org.wagerail.adapter.core;

import org.jspecify.annotations.NullMarked;
