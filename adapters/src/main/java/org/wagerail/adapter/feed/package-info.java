/**
 * A bank's events on their way to its other systems: pulled over REST, or sent to endpoints that it
 * named. Decides nothing. Invariant: an endpoint hears every event that it wants, in order, at
 * least once; nothing is sent to where no second person said it may go. Doors: its routes, {@link
 * org.wagerail.adapter.feed.WebhookDelivery}.
 */
@NullMarked
package org.wagerail.adapter.feed;

import org.jspecify.annotations.NullMarked;
