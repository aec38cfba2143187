package org.wagerail.ops.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * CPU time and memory of this JVM and of the PostgreSQL it started, from the kernel's own accounts.
 * Of PostgreSQL all processes count; memory that they share counts once (PSS).
 */
final class Meter implements AutoCloseable {
  /** CPU so far. */
  record Cpu(long javaMicros, long postgresMicros) {
    Cpu since(Cpu before) {
      return new Cpu(javaMicros - before.javaMicros, postgresMicros - before.postgresMicros);
    }
  }

  /** Linux counts in hundredths of a second for every user program. */
  private static final long MICROS_PER_TICK = 10_000;

  private final @Nullable Long postmaster;
  private final AtomicLong peakPostgresKib = new AtomicLong();
  private final ScheduledExecutorService sampler =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  /**
   * @param postmaster process number of the server, null when it runs elsewhere
   */
  Meter(@Nullable Long postmaster) {
    this.postmaster = postmaster;
    sampler.scheduleAtFixedRate(this::sample, 0, 1, TimeUnit.SECONDS);
  }

  Cpu cpu() {
    var own =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long postgres = 0;
    for (long process : postgres()) {
      postgres += ticks(process) * MICROS_PER_TICK;
    }
    return new Cpu(own.getProcessCpuTime() / 1_000, postgres);
  }

  /** The JVM's greatest resident set so far, MiB. */
  static long peakJvmMib() {
    return field(Path.of("/proc/self/status"), "VmHWM:") / 1024;
  }

  /** PostgreSQL's greatest proportional set of all its processes, MiB. */
  long peakPostgresMib() {
    return peakPostgresKib.get() / 1024;
  }

  private void sample() {
    long sum = 0;
    for (long process : postgres()) {
      sum += field(Path.of("/proc/" + process + "/smaps_rollup"), "Pss:");
    }
    peakPostgresKib.accumulateAndGet(sum, Math::max);
  }

  /**
   * The postmaster and its children, as the kernel lists them: to walk all processes costs more.
   */
  private List<Long> postgres() {
    if (postmaster == null) {
      return List.of();
    }
    var found = new ArrayList<>(List.of(postmaster));
    for (int i = 0; i < found.size(); i++) {
      long process = found.get(i);
      try {
        var children =
            Files.readString(Path.of("/proc/" + process + "/task/" + process + "/children"));
        for (var child : children.split(" ")) {
          if (!child.isBlank()) {
            found.add(Long.parseLong(child.strip()));
          }
        }
      } catch (IOException e) {
        // It has ended since.
      }
    }
    return found;
  }

  /** User and system time of a process and of those it has waited for, in ticks. */
  private static long ticks(long process) {
    try {
      var stat = Files.readString(Path.of("/proc/" + process + "/stat"));
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      long sum = 0;
      for (int i = 11; i <= 14; i++) {
        sum += Long.parseLong(fields[i]);
      }
      return sum;
    } catch (IOException e) {
      return 0; // It has ended since; its parent has waited for it and counts it.
    }
  }

  private static long field(Path file, String name) {
    try (var lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException e) {
      return 0; // It has ended since.
    }
  }

  @Override
  public void close() {
    sampler.shutdownNow();
  }
}
