/**
 * The clearing house: packages, questions and recalls out (pacs.008, pacs.028, camt.056); answers,
 * returns, words on recalls and the report of a day in (pacs.002, pacs.004, camt.029, camt.053).
 * Invariant: a message's bytes are kept before the outbox names them. Doors: {@link
 * org.wagerail.adapter.clearing.ClearingFiles}, {@link org.wagerail.adapter.clearing.ReplyReader},
 * {@link org.wagerail.adapter.clearing.SettlementReader}, {@link
 * org.wagerail.adapter.clearing.PackageWriter}, {@link
 * org.wagerail.adapter.clearing.QuestionWriter}.
 */
@NullMarked
package org.wagerail.adapter.clearing;

import org.jspecify.annotations.NullMarked;
