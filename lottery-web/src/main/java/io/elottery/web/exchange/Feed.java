package io.elottery.web.exchange;

import java.time.Duration;

/** An answer that goes on: what follows is written as it happens. On the request's executor. */
@FunctionalInterface
public interface Feed {
  /** Begins; called once, when the headers are out. */
  void begin(Outlet outlet);

  /** Where it is written to. On the request's executor. */
  interface Outlet {
    /** Whether somebody still reads; a reader that does not keep up is sent away. */
    boolean isOpen();

    /** Writes; nothing happens when nobody reads any more. */
    void write(String text);

    /** Ends it. */
    void end();

    /** Does something later. */
    void after(Duration delay, Runnable work);
  }
}
