import { createSqlitePlace } from '../journal/store-place.ts'
import { storeSuite } from './store.suite.ts'

storeSuite('SQLite', createSqlitePlace)
