/**
 * Keeps what came in and what goes out, byte for byte. Decides only whether a document or a request
 * was there before. Invariant: bytes are on disk, encrypted, before a commit names their hash; a
 * message is in the outbox in the same transaction as the state it speaks of. Doors: {@link
 * org.wagerail.mailbox.Inbox}, {@link org.wagerail.mailbox.Outbox}, {@link
 * org.wagerail.mailbox.Notices}, {@link org.wagerail.mailbox.MessageStore}, {@link
 * org.wagerail.mailbox.Requests}.
 */
@NullMarked
package org.wagerail.mailbox;

import org.jspecify.annotations.NullMarked;
