package org.wagerail.adapter.contractor;

/**
 * The end-to-end identifications of a file, as 64-bit hashes in a flat table: 16 bytes or so each,
 * so that a million fit where objects would not. Two different ones of a million share a hash once
 * in some 40 million files.
 */
final class SeenIds {
  private long[] table = new long[1 << 10];
  private int count;

  /** Adds one; false when it was there. */
  boolean add(String id) {
    long hash = hash(id);
    if (!put(table, hash)) {
      return false;
    }
    if (++count * 2 > table.length) {
      grow();
    }
    return true;
  }

  private static boolean put(long[] table, long hash) {
    int mask = table.length - 1;
    int at = (int) hash & mask;
    while (table[at] != 0) {
      if (table[at] == hash) {
        return false;
      }
      at = (at + 1) & mask;
    }
    table[at] = hash;
    return true;
  }

  private void grow() {
    var larger = new long[table.length * 2];
    for (long hash : table) {
      if (hash != 0) {
        put(larger, hash);
      }
    }
    table = larger;
  }

  /** FNV-1a over the characters, then a finalizer that spreads neighbours; never 0. */
  private static long hash(String id) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
    hash = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
    hash ^= hash >>> 32;
    return hash == 0 ? 1 : hash;
  }
}
