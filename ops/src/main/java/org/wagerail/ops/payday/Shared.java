package org.wagerail.ops.payday;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;

/** Items that several workers take from, one after the other. */
final class Shared<T> implements ItemReader<T> {
  private final Iterator<T> items;

  Shared(List<T> items) {
    this.items = items.iterator();
  }

  @Override
  public synchronized @Nullable T read() {
    return items.hasNext() ? items.next() : null;
  }

  /** Groups items in their order into blocks of at most so much weight, one item at least. */
  static <T> List<List<T>> blocks(List<T> items, int most, ToIntFunction<T> weight) {
    var blocks = new ArrayList<List<T>>();
    var block = new ArrayList<T>();
    long total = 0;
    for (var item : items) {
      int own = weight.applyAsInt(item);
      if (!block.isEmpty() && total + own > most) {
        blocks.add(List.copyOf(block));
        block.clear();
        total = 0;
      }
      block.add(item);
      total += own;
    }
    if (!block.isEmpty()) {
      blocks.add(List.copyOf(block));
    }
    return blocks;
  }
}
