package org.wagerail.ops.province;

/** Numbers that look random and are a function of the seed, a subject and an index (SplitMix64). */
record Seed(long value) {
  long draw(int subject, long index) {
    long z = value + subject * 0x632be59bd9b4e019L + (index + 1) * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** From 0 to below the bound. */
  int draw(int subject, long index, int bound) {
    return (int) Long.remainderUnsigned(draw(subject, index), bound);
  }

  <T> T pick(int subject, long index, T[] from) {
    return from[draw(subject, index, from.length)];
  }
}
