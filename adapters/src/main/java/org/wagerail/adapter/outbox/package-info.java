/**
 * Delivery of what waits in the outbox, at least once. Decides nothing; a receiver knows a second
 * copy by its message identification. Door: {@link org.wagerail.adapter.outbox.Delivery}.
 */
@NullMarked
package org.wagerail.adapter.outbox;

import org.jspecify.annotations.NullMarked;
