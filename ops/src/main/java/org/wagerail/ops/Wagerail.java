package org.wagerail.ops;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.wagerail.ops.cli.Terminal;

/** The entry of the command line. */
public final class Wagerail {
  private Wagerail() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Chinese must come out whole whatever the terminal's locale says.
    var out = utf8(FileDescriptor.out);
    var err = utf8(FileDescriptor.err);
    System.setOut(out);
    System.setErr(err);
    var code = Terminal.run(writer(out), writer(err), arguments);
    out.flush();
    err.flush();
    System.exit(code);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
