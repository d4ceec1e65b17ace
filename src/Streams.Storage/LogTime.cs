namespace Streams.Storage;

/// <summary>Ages as timestamps.</summary>
internal static class LogTime
{
    extension(TimeProvider time)
    {
        /// <summary>Returns the timestamp, in milliseconds since 1970, of what is that old now; 0 where that lies before 1970.</summary>
        public long Before(TimeSpan age)
        {
            var now = time.GetUtcNow();
            return age < now - DateTimeOffset.UnixEpoch ? (now - age).ToUnixTimeMilliseconds() : 0;
        }
    }
}
