package org.wagerail.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.jdbc.core.JdbcTemplate;
import org.wagerail.ops.home.CannotStart;
import org.wagerail.ops.home.Home;

class EngineTests {
  @TempDir Path folder;

  @Test
  void opensTwiceOnOneHomeOneAfterTheOtherAndKeepsBatchApart() throws Exception {
    var home = Home.at(folder.resolve("home"));
    try (var engine = Engine.open(home)) {
      assertThat(engine.bean(Home.class)).isSameAs(home);
      assertThatThrownBy(() -> Engine.open(home)).isInstanceOf(CannotStart.class);
      var jobs = engine.bean(JobRepository.class);
      jobs.createJobInstance(
          "payday", new org.springframework.batch.core.job.parameters.JobParameters());
    }
    try (var engine = Engine.open(home)) {
      assertThat(engine.bean(JobRepository.class).getJobNames()).containsExactly("payday");
      var jdbc = new JdbcTemplate(engine.bean(DataSource.class));
      assertThat(
              jdbc.queryForObject(
                  "SELECT count(*) FROM pg_tables WHERE tablename LIKE 'batch_job%'"
                      + " AND schemaname <> 'batch'",
                  Integer.class))
          .isZero();
      assertThat(jdbc.queryForObject("SELECT count(*) FROM bank", Integer.class)).isNotNull();
    }
    assertThat(home.log().resolve("wagerail.log")).isNotEmptyFile();
    assertThat(home.data().resolve("postmaster.pid")).doesNotExist();
  }
}
