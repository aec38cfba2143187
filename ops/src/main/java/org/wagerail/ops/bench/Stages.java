package org.wagerail.ops.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stages of one measurement: wall time, CPU and write-ahead log. Between stages the clock stands.
 */
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
  private final String walBefore;
  private double seconds;
  private double javaMicros;
  private double postgresMicros;

  Stages(Meter meter, JdbcClient jdbc) {
    this.meter = meter;
    this.jdbc = jdbc;
    this.walBefore = wal();
  }

  void measure(String name, Runnable stage) {
    var cpu = meter.cpu();
    long start = System.nanoTime();
    stage.run();
    var spent = meter.cpu().since(cpu);
    double took = (System.nanoTime() - start) / 1e9;
    stages.put(name, new Stage(took, spent.javaMicros() + spent.postgresMicros()));
    seconds += took;
    javaMicros += spent.javaMicros();
    postgresMicros += spent.postgresMicros();
  }

  Total stop() {
    return new Total(
        stages,
        seconds,
        javaMicros,
        postgresMicros,
        jdbc.sql("SELECT pg_wal_lsn_diff(?::pg_lsn, ?::pg_lsn)")
            .params(wal(), walBefore)
            .query(Double.class)
            .single());
  }

  private String wal() {
    return jdbc.sql("SELECT pg_current_wal_insert_lsn()::text").query(String.class).single();
  }
}
