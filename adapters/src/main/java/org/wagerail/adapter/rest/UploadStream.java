package org.wagerail.adapter.rest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.function.LongSupplier;

/** A body on its way in: counted, hashed, and given up when it is too large or too slow. */
final class UploadStream extends FilterInputStream {
  private static final long SECOND = 1_000_000_000L;

  private final long most;
  private final long bytesASecond;
  private final long patience;
  private final LongSupplier nanoTime;
  private final MessageDigest digest;
  private final long start;
  private long count;

  /**
   * @param most bytes
   * @param bytesASecond the least, once it counts
   * @param patience seconds before it does
   * @param nanoTime a clock that never goes back
   */
  UploadStream(
      InputStream in,
      long most,
      long bytesASecond,
      long patience,
      LongSupplier nanoTime,
      MessageDigest digest) {
    super(in);
    this.most = most;
    this.bytesASecond = bytesASecond;
    this.patience = patience;
    this.nanoTime = nanoTime;
    this.digest = digest;
    this.start = nanoTime.getAsLong();
  }

  long count() {
    return count;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = super.read(into, offset, length);
    if (read > 0) {
      digest.update(into, offset, read);
      count += read;
      if (count > most) {
        throw new Refused(Refused.Code.FILE_TOO_LARGE);
      }
      long seconds = (nanoTime.getAsLong() - start) / SECOND;
      if (seconds > patience && count / seconds < bytesASecond) {
        throw new Refused(Refused.Code.UPLOAD_TOO_SLOW);
      }
    }
    return read;
  }
}
