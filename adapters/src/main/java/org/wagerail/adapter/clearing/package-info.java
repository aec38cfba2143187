/**
 * The clearing house: packages out (pacs.008), answers and returns in (pacs.002, pacs.004).
 * Invariant: a package's bytes are kept before the outbox names them. Doors: {@link
 * org.wagerail.adapter.clearing.ClearingFiles}, {@link org.wagerail.adapter.clearing.ReplyReader},
 * {@link org.wagerail.adapter.clearing.PackageWriter}.
 */
@NullMarked
package org.wagerail.adapter.clearing;

import org.jspecify.annotations.NullMarked;
