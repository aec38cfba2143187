/**
 * What every counterpart's REST routes have in common: who calls, what he may do, how he is
 * refused, and that a request which may move money is answered once. Invariant: a route that does
 * not say who may use it is nobody's. Doors: {@link org.wagerail.adapter.rest.Caller}, {@link
 * org.wagerail.adapter.rest.MoneyPosts}, {@link org.wagerail.adapter.rest.Refused}, {@link
 * org.wagerail.adapter.rest.Answers}.
 */
@NullMarked
package org.wagerail.adapter.rest;

import org.jspecify.annotations.NullMarked;
