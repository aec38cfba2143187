package org.wagerail.adapter.mail;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.apache.camel.support.AsyncProcessorSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wagerail.project.Banks;

/**
 * A counterpart's watched folder: {@code <folder>/<bank code>/}. Whole files of one look go into
 * the inbox together, in the order of their names, and move to {@code .taken} only when their bytes
 * are kept and the inbox has committed: a crash in between brings them twice and never loses one.
 * What cannot be taken stays where it is, and is tried again.
 */
public final class WatchedFolder extends RouteBuilder {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedFolder.class);

  /** As many as the inbox takes in one transaction. */
  private static final int TOGETHER = 500;

  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

  /** Takes files of one bank into its inbox. */
  @FunctionalInterface
  public interface Taking {
    /**
     * @return how many are new
     */
    int receive(int bank, List<Path> files, Instant at);
  }

  private final String what;
  private final Path folder;
  private final Predicate<String> wanted;
  private final Taking taking;
  private final Banks banks;
  private final Clock clock;

  /**
   * @param what what is in the folder; names the route
   * @param wanted whether a file of such a name is meant for us; others stay where they are
   */
  public WatchedFolder(
      String what, Path folder, Predicate<String> wanted, Taking taking, Banks banks, Clock clock) {
    this.what = what;
    this.folder = folder;
    this.wanted = wanted;
    this.taking = taking;
    this.banks = banks;
    this.clock = clock;
  }

  /** Whether a file of such a name may be a message. */
  public static boolean isMessage(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".xml");
  }

  @Override
  public void configure() {
    // Neither Camel's read lock, which waits for one file after another, nor its move, which a name
    // can make too long: the look judges and moves.
    var endpoint =
        getContext()
            .getEndpoint(
                "file:"
                    + what
                    + "?recursive=true&minDepth=2&maxDepth=2&readLock=none&noop=true"
                    + "&idempotent=false&delay=300&initialDelay=100&greedy=true"
                    + "&maxMessagesPerPoll="
                    + TOGETHER,
                FileEndpoint.class);
    // A path may hold characters that mean something in a URI.
    endpoint.setFile(folder.toFile());
    endpoint.getConfiguration().setDirectory(folder.toString());
    var look = new Look();
    endpoint.setFilter(look);
    endpoint.setPollStrategy(look);
    from(endpoint).routeId(what).process(look);
  }

  /** A file on its way, and what goes on when it has arrived. */
  private record Arrival(Path file, AsyncCallback done) {}

  /** One look after another at the folder, all on the route's one polling thread. */
  private final class Look extends AsyncProcessorSupport
      implements GenericFileFilter<File>, PollingConsumerPollStrategy {
    private final WholeFiles whole = new WholeFiles();
    private final List<Arrival> arrivals = new ArrayList<>();
    private final Set<String> strangers = new HashSet<>();
    private Map<String, Integer> known = Map.of();
    private long next = System.nanoTime();

    /** Asks for the banks anew, because one can be imported while its folder is watched. */
    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
      if (System.nanoTime() - next < 0) {
        return false;
      }
      try {
        known = banks.all().stream().collect(Collectors.toMap(Banks.Bank::code, Banks.Bank::bank));
      } catch (RuntimeException e) {
        pause(e);
        return false;
      }
      whole.begin();
      return true;
    }

    @Override
    public boolean accept(GenericFile<File> found) {
      if (found.isDirectory()) {
        return true;
      }
      var file = found.getFile().toPath();
      if (!wanted.test(file.toString())) {
        return false;
      }
      var code = bankCode(file);
      if (known.containsKey(code)) {
        return whole.take(file, System.nanoTime());
      }
      if (strangers.add(code)) {
        LOG.warn("files wait in the folder of an unknown bank: {}", printable(code));
      }
      return false;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback done) {
      // Not the body as a File: there, Camel has taken a name's backslashes for folders.
      var found = exchange.getProperty(ExchangePropertyKey.FILE_EXCHANGE_FILE, GenericFile.class);
      var file = (File) Objects.requireNonNull(found).getFile();
      arrivals.add(new Arrival(file.toPath(), done));
      return false;
    }

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polled) {
      takeArrivals();
      if (polled == 0) {
        whole.forgetUnseen();
      }
    }

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retry, Exception problem) {
      takeArrivals();
      pause(problem);
      return false;
    }

    private void takeArrivals() {
      var ofBank = new TreeMap<String, List<Arrival>>();
      arrivals.forEach(
          arrival ->
              ofBank
                  .computeIfAbsent(bankCode(arrival.file()), _ -> new ArrayList<>())
                  .add(arrival));
      arrivals.clear();
      ofBank.forEach(
          (code, together) -> {
            try {
              take(code, together);
            } catch (RuntimeException e) {
              pause(e);
            }
            together.forEach(arrival -> arrival.done().done(false));
          });
    }

    private void take(String code, List<Arrival> together) {
      var at = clock.instant();
      int bank = Objects.requireNonNull(known.get(code));
      taking.receive(bank, together.stream().map(Arrival::file).sorted().toList(), at);
      for (var arrival : together) {
        // Another file may have taken its place meanwhile.
        if (whole.isUnchanged(arrival.file())) {
          whole.finish(arrival.file());
          move(arrival.file(), at);
        }
      }
    }

    /** A folder for each instant, so that equal names do not meet and none becomes longer. */
    private void move(Path file, Instant at) {
      var taken = file.resolveSibling(".taken").resolve(at.toString().replace(":", ""));
      try {
        Files.createDirectories(taken);
        Files.move(file, taken.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        LOG.warn("taken, but cannot be moved away: {}", printable(file.toString()), e);
      }
    }

    private void pause(Exception problem) {
      next = System.nanoTime() + PAUSE_AFTER_FAILURE.toNanos();
      LOG.error("{} stay in the watched folder and are tried again: {}", what, problem.toString());
      LOG.info("why {} were not taken", what, problem);
    }
  }

  private static String bankCode(Path file) {
    return file.getName(file.getNameCount() - 2).toString();
  }

  /** A sender's name for a file may hold anything; control characters would forge a log line. */
  private static String printable(String name) {
    return name.replaceAll("\\p{Cntrl}", "\uFFFD");
  }
}
