/**
 * How ISO 20022 says it. Decides whether a message keeps to the published grammar of its version,
 * and turns its bytes into records and records into bytes. Invariant: reading and validating are
 * one pass over the stream, memory does not grow with the file, and every finding carries its line,
 * path, rule and ISO code. The door is one class for each message ({@link
 * org.wagerail.iso.Pain001}, {@link org.wagerail.iso.Pain002}, {@link org.wagerail.iso.Pacs002},
 * {@link org.wagerail.iso.Pacs004}, {@link org.wagerail.iso.Pacs008}, {@link
 * org.wagerail.iso.Pacs028}, {@link org.wagerail.iso.Camt029}, {@link org.wagerail.iso.Camt053},
 * {@link org.wagerail.iso.Camt054}, {@link org.wagerail.iso.Camt056}), {@link
 * org.wagerail.iso.Validation} for any message with a grammar, and {@link
 * org.wagerail.iso.MessageKind} to ask what a stream carries. A further message version is one more
 * grammar file; {@code Grammar} describes the notation.
 */
@NullMarked
package org.wagerail.iso;

import org.jspecify.annotations.NullMarked;
