package org.wagerail.iso;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks a stream of bytes for well-formed UTF-8 (RFC 3629), block by block. Zero bytes are refused
 * too: no XML contains one, and parsers that pack names into words may overlook it.
 */
final class Utf8 {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long LOW_BITS = 0x0101010101010101L;

  /** Continuation bytes still to come, and the range of the next of them. */
  private int wanted;

  private int low;
  private int high;

  /** Number of bytes of this block before the first that cannot stand there. */
  int accept(byte[] b, int off, int length) {
    int end = off + length;
    int at = off;
    while (at < end) {
      if (wanted == 0) {
        while (at + Long.BYTES <= end && isPlain((long) WORD.get(b, at))) {
          at += Long.BYTES;
        }
        if (at == end) {
          break;
        }
      }
      if (!accept(b[at] & 0xFF)) {
        return at - off;
      }
      at++;
    }
    return length;
  }

  /** Whether each of eight bytes is from 1 to 127. */
  private static boolean isPlain(long word) {
    return ((word | (word - LOW_BITS)) & HIGH_BITS) == 0;
  }

  private boolean accept(int value) {
    if (wanted > 0) {
      boolean fits = value >= low && value <= high;
      wanted--;
      low = 0x80;
      high = 0xBF;
      return fits;
    }
    if (value < 0x80) {
      return value != 0;
    }
    if (value < 0xC2 || value > 0xF4) {
      return false;
    }
    wanted = value < 0xE0 ? 1 : value < 0xF0 ? 2 : 3;
    low = value == 0xE0 ? 0xA0 : value == 0xF0 ? 0x90 : 0x80;
    high = value == 0xED ? 0x9F : value == 0xF4 ? 0x8F : 0xBF;
    return true;
  }
}
