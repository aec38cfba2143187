package org.wagerail.payroll;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wagerail.mailbox.InboundDocument;

/**
 * A contractor's file as read to its end.
 *
 * @param initiator who says it sent the file: name or identification, empty when unknown
 * @param contentHash SHA-256 of the canonical file without message identification and creation time
 * @param findings why the file as a whole is refused, as JSON; null when it is readable
 */
@SuppressWarnings("ArrayRecordComponent") // a hash travels as the column that holds it
public record SaidPayroll(
    InboundDocument document,
    String initiator,
    String msgId,
    byte[] contentHash,
    int lines,
    long total,
    List<SaidBatch> batches,
    @Nullable String findings) {}
