package org.wagerail.ops.payday;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
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
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Builds and runs Batch jobs whose items are blocks: one block is one transaction. A block that
 * cannot be written is taken apart, and what alone cannot be written is set aside.
 */
@Component
final class Jobs {
  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

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

  /** A job of a bank, to be given its flows and run once. */
  Job job(String name, int bank, JobParameters parameters) {
    return new Job(name, bank, parameters);
  }

  /** One job: what its flows could not do is set aside, so that the rest is done. */
  final class Job {
    private final String name;
    private final int bank;
    private final JobParameters parameters;
    private final List<SetAside.Item> aside = Collections.synchronizedList(new ArrayList<>());

    private Job(String name, int bank, JobParameters parameters) {
      this.name = name;
      this.bank = bank;
      this.parameters = parameters;
    }

    /** A step that reads its items when it begins, and has one worker. */
    <T> Flow step(String step, Supplier<List<T>> items, Consumer<T> write) {
      return blocks(step, () -> items.get().stream().map(List::of).toList(), one(write));
    }

    /** As {@link #step}, of items that share a transaction. */
    <T> Flow blocks(String step, Supplier<List<List<T>>> blocks, Consumer<List<T>> write) {
      return flow(step, List.of(worker(step, late(blocks), write)));
    }

    /** As {@link #blocks}, with several workers. */
    <T> Flow parallel(String step, Supplier<List<List<T>>> blocks, Consumer<List<T>> write) {
      var shared = late(blocks);
      return workers(step, () -> shared, write);
    }

    /** A step of several workers with readers of their own. */
    <T> Flow workers(String step, Supplier<ItemReader<List<T>>> readers, Consumer<List<T>> write) {
      return flow(
          step,
          IntStream.rangeClosed(1, WORKERS)
              .mapToObj(n -> worker(step + " " + n, readers.get(), write))
              .toList());
    }

    /** Notes what could not be done, for a person to look at; the next job tries it again. */
    void setAside(String step, Object item, RuntimeException why) {
      LOG.info("{} of bank {}: {} sets aside {}", name, bank, step, item, why);
      aside.add(new SetAside.Item(step, item.toString(), why));
    }

    /**
     * Runs the flows one after the other. A job of the same parameters that a crash cut off or that
     * set something aside is taken up where its last commit was; one that is complete is not
     * repeated.
     *
     * @throws SetAside when all was done but what it names
     * @throws IllegalStateException when another process is at the same work, or a step failed
     */
    void run(List<Flow> flows) {
      var all = new ArrayList<>(flows);
      var last = new FlowBuilder<SimpleFlow>("set aside").start(last()).build();
      all.add(last);
      try {
        Jobs.this.run(name, bank, parameters, all);
      } catch (Ended e) {
        throw aside.isEmpty() ? e : new SetAside(name, aside);
      }
    }

    /** A job that set something aside has not ended well, or it could not be run once more. */
    private Step last() {
      return new StepBuilder("set aside", repository)
          .tasklet(
              (contribution, _) -> {
                if (!aside.isEmpty()) {
                  contribution.setExitStatus(ExitStatus.FAILED);
                }
                return RepeatStatus.FINISHED;
              },
              transactions)
          .allowStartIfComplete(true)
          .build();
    }

    /**
     * A block's transaction ends with the block: Batch's own notes come after it in theirs, so that
     * accounts are not locked meanwhile. What is left to do is read from the rows, never from
     * notes: a step may therefore begin again.
     */
    private <T> Step worker(String step, ItemReader<List<T>> reader, Consumer<List<T>> write) {
      var block = new TransactionTemplate(transactions);
      block.setName(step);
      return new StepBuilder(step, repository)
          .<List<T>, List<T>>chunk(1)
          .transactionManager(notes)
          .reader(reader)
          .writer(chunk -> chunk.getItems().forEach(items -> write(step, block, items, write)))
          .allowStartIfComplete(true)
          .build();
    }

    /** What fails together is tried in halves, until what fails stands alone. */
    private <T> void write(
        String step, TransactionTemplate block, List<T> items, Consumer<List<T>> write) {
      try {
        block.executeWithoutResult(_ -> write.accept(items));
      } catch (RuntimeException e) {
        if (isOfTheWhole(e)) {
          throw e;
        }
        if (items.size() == 1) {
          setAside(step, items.getFirst(), e);
          return;
        }
        int half = items.size() / 2;
        write(step, block, items.subList(0, half), write);
        write(step, block, items.subList(half, items.size()), write);
      }
    }
  }

  /** A database that is lost, full or in another's hands fails every item: none is to blame. */
  static boolean isOfTheWhole(RuntimeException e) {
    return e instanceof TransactionException
        || e instanceof TransientDataAccessException
        || e instanceof RecoverableDataAccessException
        || e instanceof NonTransientDataAccessResourceException;
  }

  private static <T> Consumer<List<T>> one(Consumer<T> write) {
    return items -> items.forEach(write);
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

  private void run(String name, int bank, JobParameters parameters, List<Flow> flows) {
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
      throw new Ended(name, execution);
    }
  }

  /** A job did not complete. */
  private static final class Ended extends IllegalStateException {
    private Ended(String name, JobExecution execution) {
      super(name + " ended as " + execution.getStatus());
      execution.getAllFailureExceptions().forEach(this::addSuppressed);
    }
  }
}
