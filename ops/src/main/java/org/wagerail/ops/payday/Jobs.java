package org.wagerail.ops.payday;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.FlowBuilder;
import org.springframework.batch.core.job.builder.FlowJobBuilder;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.flow.Flow;
import org.springframework.batch.core.job.flow.support.SimpleFlow;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobInstanceAlreadyCompleteException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Builds and runs Batch jobs whose items are blocks: one block is one transaction. */
@Component
final class Jobs {
  /** Blocks worked on at once. */
  static final int WORKERS = 2;

  private final JobRepository repository;
  private final JobOperator operator;
  private final PlatformTransactionManager transactions;
  private final DataSource dataSource;
  private final ResourcelessTransactionManager notes = new ResourcelessTransactionManager();

  Jobs(
      JobRepository repository,
      JobOperator operator,
      PlatformTransactionManager transactions,
      DataSource dataSource) {
    this.repository = repository;
    this.operator = operator;
    this.transactions = transactions;
    this.dataSource = dataSource;
    this.notes.setTransactionSynchronization(
        AbstractPlatformTransactionManager.SYNCHRONIZATION_NEVER);
  }

  /** A step that reads its items when it begins, and has one worker. */
  <T> Flow step(String name, Supplier<List<T>> items, Consumer<T> write) {
    return flow(name, List.of(worker(name, late(items), write)));
  }

  /** A step that reads its items when it begins, and has several workers. */
  <T> Flow parallel(String name, Supplier<List<T>> items, Consumer<T> write) {
    var shared = late(items);
    return workers(name, () -> shared, write);
  }

  /** A step of several workers with readers of their own. */
  <T> Flow workers(String name, Supplier<ItemReader<T>> readers, Consumer<T> write) {
    return flow(
        name,
        IntStream.rangeClosed(1, WORKERS)
            .mapToObj(n -> worker(name + " " + n, readers.get(), write))
            .toList());
  }

  /** What is to be done is asked for by the first worker that reads, after the steps before. */
  private static <T> ItemReader<T> late(Supplier<List<T>> items) {
    return new ItemReader<>() {
      private @org.jspecify.annotations.Nullable Shared<T> shared;

      @Override
      public @org.jspecify.annotations.Nullable T read() {
        return shared().read();
      }

      private synchronized Shared<T> shared() {
        if (shared == null) {
          shared = new Shared<>(items.get());
        }
        return shared;
      }
    };
  }

  /**
   * A block's transaction ends with the block: Batch's own notes come after it in theirs, so that
   * accounts are not locked meanwhile. What is left to do is read from the rows, never from notes.
   */
  private <T> Step worker(String name, ItemReader<T> reader, Consumer<T> write) {
    var block = new TransactionTemplate(transactions);
    block.setName(name);
    return new StepBuilder(name, repository)
        .<T, T>chunk(1)
        .transactionManager(notes)
        .reader(reader)
        .writer(chunk -> block.executeWithoutResult(_ -> chunk.getItems().forEach(write)))
        .build();
  }

  private static Flow flow(String name, List<Step> steps) {
    var flows = new ArrayList<Flow>();
    for (var step : steps) {
      flows.add(new FlowBuilder<SimpleFlow>(name + ": " + step.getName()).start(step).build());
    }
    return flows.size() == 1
        ? flows.getFirst()
        : new FlowBuilder<SimpleFlow>(name)
            .split(new SimpleAsyncTaskExecutor(name + "-"))
            .add(flows.toArray(Flow[]::new))
            .build();
  }

  /**
   * Runs a job's flows one after the other. A run of the same parameters that a crash cut off is
   * taken up where its last commit was; one that is complete is not repeated.
   *
   * @throws IllegalStateException when another process is at the same work, or a step failed
   */
  void run(String name, int bank, JobParameters parameters, List<Flow> flows) {
    try (var lease = dataSource.getConnection()) {
      lease(lease, name, bank);
      try {
        work(name, bank, parameters, flows);
      } finally {
        // The connection goes back to a pool: a lease that stayed on it would shut others out.
        release(lease, name, bank);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(name, e);
    }
  }

  private void work(String name, int bank, JobParameters parameters, List<Flow> flows) {
    try {
      for (var left : repository.findRunningJobExecutions(name)) {
        if (bank == left.getJobParameters().getLong("bank", 0L)) {
          operator.recover(left);
        }
      }
      forgetUnborn(name, parameters);
      FlowBuilder<FlowJobBuilder> builder =
          new JobBuilder(name, repository).start(flows.getFirst());
      for (var flow : flows.subList(1, flows.size())) {
        builder = builder.next(flow);
      }
      finished(name, operator.start(builder.end().build(), parameters));
    } catch (JobInstanceAlreadyCompleteException e) {
      // Asked for twice, done once.
    } catch (org.springframework.batch.core.job.JobExecutionException e) {
      throw new IllegalStateException(name + " cannot start", e);
    }
  }

  /**
   * Batch notes that there is a job, and then, in another transaction, that it runs. A crash
   * between the two leaves a job that never ran and that Batch cannot start: it is as if it had not
   * been.
   */
  private void forgetUnborn(String name, JobParameters parameters) {
    var instance = repository.getJobInstance(name, parameters);
    if (instance != null && repository.getJobExecutions(instance).isEmpty()) {
      repository.deleteJobInstance(instance);
    }
  }

  /** The owner's lease: PostgreSQL lets it go when its connection ends, however that happens. */
  private static void lease(Connection connection, String name, int bank) throws SQLException {
    try (var ask = connection.prepareStatement("SELECT pg_try_advisory_lock(hashtext(?), ?)")) {
      ask.setString(1, "job " + name);
      ask.setInt(2, bank);
      try (var answer = ask.executeQuery()) {
        answer.next();
        if (!answer.getBoolean(1)) {
          throw new IllegalStateException(
              name + " of bank " + bank + " is running elsewhere / 该任务正在别处运行");
        }
      }
    }
  }

  private static void release(Connection connection, String name, int bank) throws SQLException {
    try (var end = connection.prepareStatement("SELECT pg_advisory_unlock(hashtext(?), ?)")) {
      end.setString(1, "job " + name);
      end.setInt(2, bank);
      end.execute();
    }
  }

  private static void finished(String name, JobExecution execution) {
    if (execution.getStatus() != BatchStatus.COMPLETED) {
      var causes = execution.getAllFailureExceptions();
      var failure = new IllegalStateException(name + " ended as " + execution.getStatus());
      causes.forEach(failure::addSuppressed);
      throw failure;
    }
  }
}
