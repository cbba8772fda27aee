package dev.paygateway.sample;

import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;

/** Refused by RawResource: locks that the ledger does not know. */
final class RawLock {
    private final Semaphore permits = new Semaphore(1); // refused
    private final ReentrantLock lock = new ReentrantLock(); // refused
    private final ReentrantReadWriteLock pair = new ReentrantReadWriteLock(); // refused
    private final StampedLock stamped = new StampedLock(); // refused
    private final Supplier<ReentrantLock> maker = ReentrantLock::new; // refused
}
