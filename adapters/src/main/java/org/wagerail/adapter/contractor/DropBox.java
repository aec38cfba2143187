package org.wagerail.adapter.contractor;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.wagerail.adapter.mail.WholeFiles;
import org.wagerail.project.Banks;

/**
 * The bank's drop box, an SFTP server: payrolls in {@code in/<bank code>/}, answers in {@code
 * out/<bank code>/}. The server proves itself by a known host key, we by a private key; nothing
 * else is accepted. A file is fetched when it rests, goes into the inbox when it is whole, and
 * moves to {@code .taken} when the inbox has committed: a crash in between brings it twice, and the
 * inbox knows its bytes. Answers appear whole, and leave the folder of what is to be sent when they
 * are there.
 */
@Component
@ConditionalOnProperty("wagerail.contractor.dropbox.address")
final class DropBox extends RouteBuilder {
  private static final Logger LOG = LoggerFactory.getLogger(DropBox.class);

  private final PayrollFiles files;
  private final Banks banks;
  private final Clock clock;
  private final DropBoxAddress address;
  private final Path answers;
  private final Path work;

  DropBox(
      PayrollFiles files,
      Banks banks,
      Clock clock,
      @Value("${wagerail.contractor.dropbox.address}") String address,
      @Value("${wagerail.contractor.dropbox.key}") String key,
      @Value("${wagerail.contractor.dropbox.known-hosts}") String knownHosts,
      @Value("${wagerail.contractor.dropbox.work}") String work,
      @Value("${wagerail.out}") String out) {
    this.files = files;
    this.banks = banks;
    this.clock = clock;
    this.address = DropBoxAddress.of(address, Path.of(key), Path.of(knownHosts));
    this.answers = Path.of(out).resolve("contractor");
    this.work = Path.of(work);
  }

  @Override
  public void configure() {
    fetch();
    answer();
  }

  private void fetch() {
    var box =
        endpoint(
            "in",
            "recursive=true&minDepth=2&maxDepth=2&readLock=none&streamDownload=true&stepwise=false"
                + "&delay=1000&initialDelay=100&maximumReconnectAttempts=0&throwExceptionOnConnectFailed=true"
                + "&move=${file:parent}/.taken/${date:now:yyyyMMddHHmmssSSS}/${file:onlyname}");
    var look = new Look();
    box.setFilter(look);
    box.setPollStrategy(look);
    onException(NotYetWhole.class).logStackTrace(false).logExhausted(false);
    from(box).routeId("drop box").process(look);
  }

  private void answer() {
    var out =
        getContext()
            .getEndpoint(
                "file:contractor-answers?recursive=true&minDepth=2&maxDepth=2&readLock=none&delay=1000"
                    + "&initialDelay=100&move=${file:parent}/.sent/${file:onlyname}",
                FileEndpoint.class);
    out.setFile(answers.toFile());
    out.getConfiguration().setDirectory(answers.toString());
    var box =
        endpoint(
            "out", "tempPrefix=.&fileExist=Override&stepwise=false&maximumReconnectAttempts=0");
    from(out).routeId("answers to the drop box").to(box);
  }

  private SftpEndpoint endpoint(String folder, String options) {
    var endpoint =
        getContext().getEndpoint("sftp:box:22/" + folder + "?" + options, SftpEndpoint.class);
    address.apply(endpoint.getConfiguration(), folder);
    return endpoint;
  }

  /** A file that has been fetched before its end was written. */
  private static final class NotYetWhole extends Exception {
    private static final long serialVersionUID = 1;

    private NotYetWhole(String name) {
      super(name, null, false, false);
    }
  }

  private record State(long size, long modified) {}

  private record Seen(State state, long since, boolean unclosed) {}

  /** One look after another at the drop box, all on the route's one polling thread. */
  @SuppressWarnings("rawtypes") // as the endpoint has it
  private final class Look
      implements GenericFileFilter<SftpRemoteFile>, PollingConsumerPollStrategy, Processor {
    private final Map<String, Seen> seen = new HashMap<>();
    private final Set<String> looked = new HashSet<>();
    private final Set<String> strangers = new HashSet<>();
    private Map<String, Integer> known = Map.of();
    private String trouble = "";

    /** Asks for the banks anew, because one can be imported while its box is watched. */
    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
      known = banks.all().stream().collect(Collectors.toMap(Banks.Bank::code, Banks.Bank::bank));
      looked.clear();
      return true;
    }

    @Override
    public boolean accept(GenericFile<SftpRemoteFile> found) {
      if (found.isDirectory()) {
        return true;
      }
      var name = found.getAbsoluteFilePath();
      var code = bankCode(name);
      if (!PayrollFiles.isPayroll(name)) {
        return false;
      }
      if (!known.containsKey(code)) {
        if (strangers.add(code)) {
          LOG.warn("files wait in the drop box of an unknown bank: {}", printable(code));
        }
        return false;
      }
      return rests(name, new State(found.getFileLength(), found.getLastModified()));
    }

    private boolean rests(String name, State state) {
      looked.add(name);
      long now = System.nanoTime();
      var before = seen.get(name);
      if (before == null || !before.state().equals(state)) {
        seen.put(name, new Seen(state, now, false));
        return false;
      }
      var rest = before.unclosed() ? WholeFiles.LONG_REST : WholeFiles.REST;
      return now - before.since() >= rest.toNanos();
    }

    @Override
    public void process(Exchange exchange) throws Exception {
      var found = exchange.getProperty(ExchangePropertyKey.FILE_EXCHANGE_FILE, GenericFile.class);
      var path = Objects.requireNonNull(found).getAbsoluteFilePath();
      int bank = Objects.requireNonNull(known.get(bankCode(path)));
      Files.createDirectories(work);
      var copy = Files.createTempFile(work, "payroll", ".part");
      try {
        try (var body = exchange.getMessage().getMandatoryBody(InputStream.class);
            var to = Files.newOutputStream(copy)) {
          body.transferTo(to);
        }
        var before = Objects.requireNonNull(seen.get(path));
        if (Files.size(copy) != before.state().size()
            || !(before.unclosed() || WholeFiles.isClosed(copy))) {
          seen.put(path, new Seen(before.state(), before.since(), true));
          throw new NotYetWhole(printable(path));
        }
        files.receive(bank, path.substring(path.lastIndexOf('/') + 1), copy, clock.instant());
      } finally {
        Files.deleteIfExists(copy);
      }
    }

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polled) {
      trouble = "";
      if (polled == 0) {
        seen.keySet().retainAll(looked);
      }
    }

    /** The same trouble is told once: a server may be away for a night. */
    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retry, Exception problem) {
      if (!trouble.equals(problem.toString())) {
        trouble = problem.toString();
        LOG.error("the drop box cannot be looked into, and is tried again: {}", trouble);
        LOG.info("why the drop box cannot be looked into", problem);
      }
      return false;
    }
  }

  private static String bankCode(String path) {
    var parts = path.split("/");
    return parts.length < 2 ? "" : parts[parts.length - 2];
  }

  private static String printable(String name) {
    return name.replaceAll("\\p{Cntrl}", "\uFFFD");
  }
}
