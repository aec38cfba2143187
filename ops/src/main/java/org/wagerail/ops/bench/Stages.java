package org.wagerail.ops.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stages of one measurement: wall time, CPU and write-ahead log. */
final class Stages {
  /** One stage. */
  record Stage(double seconds, double micros) {}

  /** All stages, from the first's beginning to the last's end. */
  record Total(
      Map<String, Stage> stages,
      double seconds,
      double javaMicros,
      double postgresMicros,
      double walBytes) {}

  private final Meter meter;
  private final JdbcClient jdbc;
  private final Map<String, Stage> stages = new LinkedHashMap<>();
  private final long begun;
  private final Meter.Cpu cpuBefore;
  private final String walBefore;

  Stages(Meter meter, JdbcClient jdbc) {
    this.meter = meter;
    this.jdbc = jdbc;
    this.walBefore = wal();
    this.cpuBefore = meter.cpu();
    this.begun = System.nanoTime();
  }

  void measure(String name, Runnable stage) {
    var cpu = meter.cpu();
    long start = System.nanoTime();
    stage.run();
    var spent = meter.cpu().since(cpu);
    stages.put(
        name,
        new Stage((System.nanoTime() - start) / 1e9, spent.javaMicros() + spent.postgresMicros()));
  }

  Total stop() {
    double seconds = (System.nanoTime() - begun) / 1e9;
    var spent = meter.cpu().since(cpuBefore);
    return new Total(
        stages,
        seconds,
        spent.javaMicros(),
        spent.postgresMicros(),
        jdbc.sql("SELECT pg_wal_lsn_diff(?::pg_lsn, ?::pg_lsn)")
            .params(wal(), walBefore)
            .query(Double.class)
            .single());
  }

  private String wal() {
    return jdbc.sql("SELECT pg_current_wal_insert_lsn()::text").query(String.class).single();
  }
}
