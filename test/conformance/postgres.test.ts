import { createPostgresPlace } from '../journal/store-place.ts'
import { storeSuite } from './store.suite.ts'

storeSuite('PostgreSQL', createPostgresPlace)
